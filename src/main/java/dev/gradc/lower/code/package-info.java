/**
 * Statements and what they are about. A {@link dev.gradc.lower.code.Body} has {@link dev.gradc.lower.code.Code}: loops, stores, {@link
 * dev.gradc.lower.code.Local} variables under their {@link dev.gradc.lower.code.Names}, and as its largest statements {@link
 * dev.gradc.lower.code.Block}s, which are products of matrices, {@link dev.gradc.lower.code.Contraction}, and functions of rows, {@link
 * dev.gradc.lower.code.Application}, where the {@link dev.gradc.lower.code.Routines} have them. Where in their {@link
 * dev.gradc.lower.code.Buffer}s elements stand is the subject of {@link dev.gradc.ir.Affine}, {@link dev.gradc.lower.code.Strides} and {@link
 * dev.gradc.lower.code.Offsets}.
 */
package dev.gradc.lower.code;
