package dev.gradc.emit;

import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;

/** As much of a class file as tells how long its methods are, and how many constants they use. */
final class ClassFile {

    private final DataInputStream in;
    private String[] names = {};

    private ClassFile(byte[] bytes) {
        in = new DataInputStream(new ByteArrayInputStream(bytes));
    }

    /** The bytes of bytecode of each method; overloads and constructors count together. */
    static Map<String, Integer> methodSizes(byte[] bytes) throws IOException {
        return new ClassFile(bytes).methods();
    }

    /** The length of the table of constants, of 65,535 at most. */
    static int constants(byte[] bytes) throws IOException {
        ClassFile file = new ClassFile(bytes);
        file.in.skipBytes(8);
        return file.in.readUnsignedShort();
    }

    private Map<String, Integer> methods() throws IOException {
        in.skipBytes(8);
        readConstants();
        in.skipBytes(6);
        in.skipBytes(2 * in.readUnsignedShort());
        skipMembers();
        Map<String, Integer> sizes = new LinkedHashMap<>();
        int methods = in.readUnsignedShort();
        for (int m = 0; m < methods; m++) {
            in.skipBytes(2);
            String name = names[in.readUnsignedShort()];
            in.skipBytes(2);
            int attributes = in.readUnsignedShort();
            for (int a = 0; a < attributes; a++) {
                boolean code = names[in.readUnsignedShort()].equals("Code");
                int length = in.readInt();
                if (code) {
                    in.skipBytes(4);
                    sizes.merge(name, in.readInt(), Integer::sum);
                    in.skipBytes(length - 8);
                } else {
                    in.skipBytes(length);
                }
            }
        }
        return sizes;
    }

    private void readConstants() throws IOException {
        names = new String[in.readUnsignedShort()];
        for (int i = 1; i < names.length; i++) {
            int tag = in.readUnsignedByte();
            switch (tag) {
                case 1 -> names[i] = in.readUTF();
                case 3, 4, 9, 10, 11, 12, 17, 18 -> in.skipBytes(4);
                case 5, 6 -> {
                    in.skipBytes(8);
                    i++;
                }
                case 7, 8, 16, 19, 20 -> in.skipBytes(2);
                case 15 -> in.skipBytes(3);
                default -> throw new IOException("constant with tag " + tag);
            }
        }
    }

    private void skipMembers() throws IOException {
        int members = in.readUnsignedShort();
        for (int m = 0; m < members; m++) {
            in.skipBytes(6);
            int attributes = in.readUnsignedShort();
            for (int a = 0; a < attributes; a++) {
                in.skipBytes(2);
                in.skipBytes(in.readInt());
            }
        }
    }
}
