package dev.gradc.cli;

import java.util.List;
import picocli.CommandLine.Help;
import picocli.CommandLine.Help.Ansi.IStyle;
import picocli.CommandLine.Help.Ansi.Text;
import picocli.CommandLine.Help.IParamLabelRenderer;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;

/** Help in which options stand as calls have them: {@code --set hidden=16} and not {@code --set=hidden=16}. Both are understood. */
final class CallHelp extends Help {

    CallHelp(CommandSpec command, ColorScheme colours) {
        super(command, colours);
    }

    @Override
    public IParamLabelRenderer parameterLabelRenderer() {
        IParamLabelRenderer usual = super.parameterLabelRenderer();
        return new IParamLabelRenderer() {
            @Override
            public Text renderParameterLabel(ArgSpec argument, Ansi ansi, List<IStyle> styles) {
                Text label = usual.renderParameterLabel(argument, ansi, styles);
                boolean separated = label.plainString().startsWith(separator());
                return separated
                        ? ansi.text(" ").concat(label.substring(separator().length()))
                        : label;
            }

            @Override
            public String separator() {
                return usual.separator();
            }
        };
    }
}
