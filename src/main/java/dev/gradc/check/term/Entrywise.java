package dev.gradc.check.term;

import dev.gradc.check.index.Constants;
import dev.gradc.check.scope.Context;
import dev.gradc.check.scope.Guess;
import dev.gradc.check.scope.ShapeMismatch;
import dev.gradc.check.scope.Value;
import dev.gradc.check.scope.Value.Array;
import dev.gradc.check.scope.Wording;
import dev.gradc.ir.Call;
import dev.gradc.ir.Constant;
import dev.gradc.ir.Expr;
import dev.gradc.ir.Operator;
import dev.gradc.ir.Select;
import dev.gradc.ir.Shape;
import dev.gradc.syntax.Term;
import dev.gradc.syntax.Term.Binary;
import dev.gradc.syntax.Term.Conditional;
import dev.gradc.syntax.Term.Numeral;
import dev.gradc.syntax.Term.Unary;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** Works out what is done entry by entry: signs, operators and selections. */
final class Entrywise {

    private final Elaborator elaborator;

    Entrywise(Elaborator elaborator) {
        this.elaborator = elaborator;
    }

    Value unary(Unary unary, Context context) {
        Value operand = elaborator.value(unary.operand(), context);
        if (!(operand instanceof Array array)) {
            return elaborator.notANumber(unary.operand(), operand);
        }
        if (unary.operator().equals("+")) {
            return array;
        }
        // The sign of a literal belongs to it, so that -1 is one constant.
        if (unary.operator().equals("-") && unary.operand() instanceof Numeral numeral) {
            return Array.scalar(Constant.of(-numeral.value()));
        }
        Operator operator = Operator.of(unary.operator(), 1);
        return new Array(array.shape(), at -> Call.of(operator, array.at(at)), false);
    }

    Value binary(Binary binary, Context context) {
        // A long sum is a deep tree on the left: walked in a loop, so that its depth does not matter.
        List<Binary> chain = new ArrayList<>();
        Term first = binary;
        while (first instanceof Binary inner) {
            chain.add(inner);
            first = inner.left();
        }
        Value result = elaborator.value(first, context);
        for (int i = chain.size() - 1; i >= 0; i--) {
            Binary step = chain.get(i);
            result = binary(
                    step, result, elaborator.value(step.right(), decided(step.operator(), result, context)), context);
        }
        return result;
    }

    /** Where the right side of an operator stands: that of {@code &&} only where the left holds, of {@code ||} where it does not. */
    private static Context decided(String operator, Value left, Context context) {
        boolean decides =
                (operator.equals("&&") || operator.equals("||")) && left instanceof Array array && array.isScalar();
        return decides ? context.withGuard(((Array) left).scalar(), operator.equals("&&")) : context;
    }

    private Value binary(Binary binary, Value left, Value right, Context context) {
        if (left instanceof Value.Unknown || right instanceof Value.Unknown) {
            return Guess.binary(binary.operator(), left, right);
        }
        if (!(left instanceof Array a)) {
            return elaborator.notANumber(binary.left(), left);
        }
        if (!(right instanceof Array b)) {
            return elaborator.notANumber(binary.right(), right);
        }
        if (binary.operator().equals("@")) {
            return elaborator.reductions().product(binary, a, b, context);
        }
        Operator operator = Operator.of(binary.operator(), 2);
        return elementwise(
                List.of(a, b),
                arguments -> Call.of(operator, arguments),
                () -> elaborator.diagnostics().report(ShapeMismatch.of(binary, a, b)));
    }

    /** Applies a scalar function entry by entry: to equal shapes, or scalars with anything. */
    Value elementwise(List<Array> arguments, Function<List<Expr>, Expr> function, Runnable mismatch) {
        Shape shape = Shape.SCALAR;
        for (Array argument : arguments) {
            if (!argument.isScalar()) {
                if (shape.rank() > 0 && !shape.equals(argument.shape())) {
                    mismatch.run();
                    return Value.INVALID;
                }
                shape = argument.shape();
            }
        }
        if (shape.rank() == 0) {
            List<Expr> scalars = new ArrayList<>(arguments.size());
            arguments.forEach(argument -> scalars.add(argument.scalar()));
            return Array.scalar(function.apply(scalars));
        }
        return new Array(
                shape,
                at -> function.apply(arguments.stream()
                        .map(argument -> argument.isScalar() ? argument.scalar() : argument.at(at))
                        .toList()),
                false);
    }

    Value conditional(Conditional conditional, Context context) {
        Value condition = elaborator.value(conditional.condition(), context);
        if (!(condition instanceof Array written)) {
            return elaborator.notANumber(conditional.condition(), condition);
        }
        // A name may stand for a condition.
        Array test = written.isScalar()
                ? Array.scalar(elaborator.translation().spelledOut(written.scalar(), Constants::isCondition))
                : written;
        Context thenContext = context;
        Context otherwiseContext = context;
        if (test.isScalar()) {
            if (!Constants.isCondition(test.scalar())) {
                elaborator
                        .diagnostics()
                        .error(
                                conditional.condition().span(),
                                "what stands before ? must be a condition",
                                "compare it: " + Wording.text(conditional.condition()) + " != 0");
                return Value.INVALID;
            }
            thenContext = context.withGuard(test.scalar(), true);
            otherwiseContext = context.withGuard(test.scalar(), false);
        }
        Value then = elaborator.value(conditional.then(), thenContext);
        Value otherwise = elaborator.value(conditional.otherwise(), otherwiseContext);
        if (then instanceof Value.Unknown || otherwise instanceof Value.Unknown) {
            return Guess.elementwise(List.of(then, otherwise));
        }
        if (!(then instanceof Array a)) {
            return elaborator.notANumber(conditional.then(), then);
        }
        if (!(otherwise instanceof Array b)) {
            return elaborator.notANumber(conditional.otherwise(), otherwise);
        }
        return elementwise(
                List.of(test, a, b),
                all -> Select.of(all.get(0), all.get(1), all.get(2)),
                () -> elaborator
                        .diagnostics()
                        .error(
                                conditional.span(),
                                "shapes differ in a selection: the condition is " + Wording.shape(test)
                                        + ", the sides are " + Wording.shape(a) + " and " + Wording.shape(b)));
    }
}
