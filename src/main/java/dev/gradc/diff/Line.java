package dev.gradc.diff;

import dev.gradc.ir.Access;
import dev.gradc.ir.Definition;
import dev.gradc.ir.Expr;
import java.util.Map;

/**
 * A definition on the way back.
 *
 * @param incoming the adjoint of what it defines
 * @param reads what it gives to the adjoints of all that it reads
 */
record Line(Definition definition, Linearization.Linear linear, Expr incoming, Map<Access, Adjoint> reads) {}
