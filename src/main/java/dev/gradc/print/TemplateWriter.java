package dev.gradc.print;

import dev.gradc.print.Layout.Context;
import dev.gradc.print.Layout.Form;
import dev.gradc.print.Layout.Operand;
import dev.gradc.print.Template.Literal;
import dev.gradc.print.Template.Part;
import dev.gradc.print.Template.Place;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/** Fills templates, each with its operands, in parentheses where these bind less tightly than their places ask for. */
final class TemplateWriter {

    private final Notation notation;
    private final Layout layout;

    private TemplateWriter(Notation notation, Layout layout) {
        this.notation = notation;
        this.layout = layout;
    }

    static String write(Notation notation, Layout layout, Form form) {
        return new TemplateWriter(notation, layout).write(form);
    }

    // A stack of its own instead of recursion: texts and operands still to be written, the next one on top.
    private String write(Form root) {
        StringBuilder text = new StringBuilder();
        Deque<Object> rest = new ArrayDeque<>();
        push(rest, root, Context.NUMBER);
        while (!rest.isEmpty()) {
            Object next = rest.pop();
            if (next instanceof Operand operand) {
                Form form = layout.form(operand);
                if (form.template().precedence() < operand.precedence()) {
                    form = new Form(notation.template("(", Template.ATOM), "", List.of(operand.within(0)));
                }
                push(rest, form, operand.context());
            } else {
                text.append(next);
            }
        }
        return text.toString();
    }

    private void push(Deque<Object> rest, Form form, Context context) {
        boolean tight = context == Context.SUBSCRIPT && notation.isTight();
        List<Part> parts = form.template().parts();
        for (int i = parts.size() - 1; i >= 0; i--) {
            if (parts.get(i) instanceof Literal literal) {
                rest.push(tight ? literal.text().replace(" ", "") : literal.text());
            } else if (parts.get(i) instanceof Place place) {
                push(rest, place, form, tight);
            }
        }
    }

    private void push(Deque<Object> rest, Place place, Form form, boolean tight) {
        if (place.number() == 0) {
            rest.push(form.name());
        } else if (place.number() == Template.ALL) {
            for (int k = form.operands().size() - 1; k >= 0; k--) {
                Operand operand = form.operands().get(k);
                rest.push(operand.within(0));
                if (k > 0) {
                    boolean close = tight || operand.context() == Context.SUBSCRIPT && notation.isTight();
                    rest.push(close ? notation.separator().strip() : notation.separator());
                }
            }
        } else {
            Operand operand = form.operands().get(place.number() - 1);
            rest.push(place.within().isPresent() ? operand.within(place.within().getAsInt()) : operand);
        }
    }
}
