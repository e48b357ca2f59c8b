package dev.gradc.eval;

/**
 * Remembers a value until an index that it depends on moves. It is computed when first asked for, so what only the side of a
 * selection that is not taken would read is never computed.
 */
final class Memo implements Code {

    private final Code code;
    private final int level;
    private double value;
    private long stamp = -1;

    /** @param level how many of the outermost loops {@code code} depends on */
    Memo(Code code, int level) {
        this.code = code;
        this.level = level;
    }

    @Override
    public double at(Frame frame) {
        long now = frame.stamps[level];
        if (stamp != now) {
            value = code.at(frame);
            stamp = now;
        }
        return value;
    }
}
