package dev.gradc.check;

import dev.gradc.check.index.Constants;
import dev.gradc.check.scope.Context;
import dev.gradc.check.scope.Declarations;
import dev.gradc.check.scope.Declarations.Found;
import dev.gradc.check.scope.Guess;
import dev.gradc.check.scope.Scope;
import dev.gradc.check.scope.Translation;
import dev.gradc.check.scope.Value;
import dev.gradc.check.scope.Value.Array;
import dev.gradc.check.term.Elaborator;
import dev.gradc.library.Library;
import dev.gradc.library.TableFunction;
import dev.gradc.source.Diagnostics;
import dev.gradc.syntax.Declaration;
import dev.gradc.syntax.Term;
import java.util.function.Supplier;

/** Works out the terms in declarations, by an {@link Elaborator} for each. */
final class Meanings implements Declarations.Meaning {

    private final Supplier<Library> library;

    /** @param library is asked for the library's table and rules once these have been read */
    Meanings(Supplier<Library> library) {
        this.library = library;
    }

    @Override
    public Value constant(Found<Declaration.Constant> found, Diagnostics diagnostics) {
        Elaborator elaborator = new Elaborator(new Translation(diagnostics));
        Term term = found.declaration().value();
        Value value = elaborator.value(term, Context.of(found.home(), Scope.empty()));
        if (!(value instanceof Array array)) {
            return elaborator.notANumber(term, value);
        }
        return array.isScalar() ? Array.scalar(Constants.fold(array.scalar())) : Guess.of(array.shape());
    }

    @Override
    public TableFunction row(Declaration declaration, Declarations home) {
        return TableRows.of(declaration, home);
    }

    @Override
    public Library library() {
        return library.get();
    }
}
