package dev.gradc.ir;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** The extents of a tensor, outermost first, row-major; each a constant or a size known at run time. */
public record Shape(List<Expr> extents) {

    /** More than anybody needs, and few enough for whatever takes an effort for each. */
    public static final int MOST_AXES = 32;

    /** The shape of a scalar. */
    public static final Shape SCALAR = new Shape(List.of());

    public Shape {
        extents = List.copyOf(extents);
    }

    public static Shape of(int... sizes) {
        List<Expr> extents = new ArrayList<>();
        for (int size : sizes) {
            extents.add(Constant.of(size));
        }
        return new Shape(extents);
    }

    public int rank() {
        return extents.size();
    }

    public Expr extent(int axis) {
        return extents.get(axis);
    }

    /** An index over each axis. */
    public List<Index> indices() {
        return IntStream.range(0, rank())
                .mapToObj(axis -> Index.ofAxis(axis, extent(axis)))
                .toList();
    }

    /** The same with one more, outermost axis. */
    public Shape within(Expr extent) {
        List<Expr> all = new ArrayList<>(List.of(extent));
        all.addAll(extents);
        return new Shape(all);
    }

    /** Whether every extent is a constant. */
    public boolean isStatic() {
        return extents.stream().allMatch(Constant.class::isInstance);
    }

    /** The extent of an axis that is a constant. */
    public int size(int axis) {
        return (int) ((Constant) extents.get(axis)).value();
    }

    /**
     * The number of entries of a static shape.
     *
     * @throws ArithmeticException if there are more than an array can have
     */
    public int size() {
        double entries = entries();
        if (entries > Integer.MAX_VALUE) {
            throw new ArithmeticException("a tensor of shape " + this + " has too many entries for an array");
        }
        return (int) entries;
    }

    /** The number of entries of a static shape, however many. */
    public double entries() {
        double entries = 1;
        for (int axis = 0; axis < rank(); axis++) {
            entries *= size(axis);
        }
        return entries;
    }

    /** {@code [3,4]}; empty for a scalar. */
    @Override
    public String toString() {
        return extents.isEmpty() ? "" : extents.stream().map(Expr::toString).collect(Collectors.joining(",", "[", "]"));
    }
}
