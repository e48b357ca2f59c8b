package dev.gradc.cli;

import java.util.concurrent.Callable;
import picocli.AutoComplete;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

@Command(
        name = "completion",
        description = "Print a script that completes commands and options in bash and zsh.",
        footer = {
            "",
            "For this shell, and for every bash to come:",
            "  source <(gradc completion)",
            "  gradc completion > ~/.local/share/bash-completion/completions/gradc"
        })
final class CompletionCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        spec.commandLine()
                .getOut()
                .println(AutoComplete.bash("gradc", spec.commandLine().getParent()));
        return ExitStatus.DONE;
    }
}
