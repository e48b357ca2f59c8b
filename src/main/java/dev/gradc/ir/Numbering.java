package dev.gradc.ir;

/** How names are told apart that would be the same. */
public final class Numbering {

    private Numbering() {}

    /** What a number is put after: the second {@code x} is {@code x2}, the second {@code x1} {@code x1_2}, as {@code x12} is another name. */
    public static String stem(String name) {
        return endsInDigit(name) ? name + "_" : name;
    }

    /** The name without a number at its end. */
    public static String withoutNumber(String name) {
        int end = name.length();
        while (end > 1 && endsInDigit(name.substring(0, end))) {
            end--;
        }
        return name.substring(0, end);
    }

    private static boolean endsInDigit(String name) {
        return Character.isDigit(name.charAt(name.length() - 1));
    }
}
