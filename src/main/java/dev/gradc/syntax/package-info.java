/**
 * The surface tree: what the user wrote, with its positions, before any name has a meaning.
 *
 * <p>{@link dev.gradc.syntax.Parser} is the door, and its method {@code unit} the way; nothing here knows a function of the library.
 *
 * <ul>
 *   <li>The tree: a {@link dev.gradc.syntax.SourceUnit} has {@link dev.gradc.syntax.Declaration}s, these {@link
 *       dev.gradc.syntax.Statement}s, and these {@link dev.gradc.syntax.Term}s.
 *   <li>Characters become {@code SourceToken}s: {@code Scanner}, with {@code UnexpectedCharacters}, {@code DepthLimit} and {@code
 *       Documentation}.
 *   <li>Tokens are mended and sorted out: {@code Heads}, {@code Brackets}, {@code Layout}, {@code Keywords}, {@code MissingOperators}, by
 *       {@code Lookahead} and {@code TokenKinds}.
 *   <li>ANTLR's tree becomes ours: {@code UnitBuilder}, {@code DeclarationBuilder}, {@code StatementBuilder}, {@code TermBuilder}, {@code
 *       Indices}.
 *   <li>What is wrong goes to {@code SyntaxErrors}: {@code Recovery} goes on behind it, {@code SyntaxMessage} says it in the words of
 *       {@code Quotes}, and {@link dev.gradc.syntax.SoundParts} is what can be checked all the same.
 * </ul>
 */
package dev.gradc.syntax;
