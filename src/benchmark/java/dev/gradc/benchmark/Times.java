package dev.gradc.benchmark;

import java.util.Locale;
import org.openjdk.jmh.util.Statistics;

/** How long something took, measured several times, in nanoseconds. Written as a table shows it. */
record Times(Statistics nanoseconds) {

    double median() {
        return nanoseconds.getPercentile(50);
    }

    /** The median, and half of what lies between the shortest and the longest. */
    @Override
    public String toString() {
        double spread = 50 * (nanoseconds.getMax() - nanoseconds.getMin()) / median();
        return String.format(Locale.ROOT, "%s ±%.0f %%", text(median()), spread);
    }

    /** How many times as fast as a peer; null if one of them was not measured. */
    static String ratio(Times peer, Times own) {
        return peer == null || own == null
                ? null
                : String.format(Locale.ROOT, "**%.2f**", peer.median() / own.median());
    }

    static String text(double nanoseconds) {
        String[] units = {"ns", "µs", "ms", "s"};
        double number = nanoseconds;
        int unit = 0;
        while (Math.abs(number) >= 1000 && unit < 3) {
            number /= 1000;
            unit++;
        }
        int decimals = Math.abs(number) < 10 ? 2 : Math.abs(number) < 100 ? 1 : 0;
        return String.format(Locale.ROOT, "%." + decimals + "f %s", number, units[unit]);
    }
}
