/*
 * The grammar of .nn files. It knows no function names, and no target language: there are no actions in it.
 *
 * Between lexer and parser stands a small filter, which makes the parser's part decidable by one token of lookahead:
 *  - comments are dropped;
 *  - a NEWLINE is kept only where it ends a statement, and every statement is followed by one, also before '}' and EOF;
 *  - a keyword stays one only where it is meant as one; everywhere else it becomes a NAME, so that any word can be a name;
 *  - '<-' stays one only after what it updates; in a condition such as x<-1 it becomes '<' '-'.
 */
grammar Gradc;

// ---------------------------------------------------------------------------------------------------- Files

unit : topLevel* EOF ;

topLevel : declaration NEWLINE ;

/** One expression, alone, as on the command line. */
formula : expression EOF ;

declaration
    : 'package' NAME                                                                        # packageClause
    | 'import' STRING                                                                       # importClause
    | 'const' NAME '=' expression                                                           # constant
    | 'function' NAME parameters ('=' expression | block) (derivative | derive)*            # function
    | 'native' NAME parameters '=' NAME derivative?                                         # native
    | 'operator' expression derivative                                                      # operatorRow
    | 'rule' expression '=' expression ('where' expression)?                                # identity
    | 'initializer' NAME parameters? '=' expression                                         # initializer
    | 'layer' NAME parameters block                                                         # layer
    | 'optimizer' NAME parameters block                                                     # optimizer
    | 'network' NAME parameters? block                                                      # network
    ;

parameters : '(' (parameter (',' parameter)*)? ')' ;

parameter : NAME dimensions? integers? ('=' expression)? ;

dimensions : '[' expression (',' expression)* ']' ;

/** The values of integer data: ': int(10)'. The NAME is 'int', which is no keyword. */
integers : ':' NAME '(' expression ')' ;

/** A rule of one's own: the partial derivatives. */
derivative : 'derivative' expression (',' expression)* ;

/** What is to be compiled beside the value. */
derive : 'derive' (NAME (',' NAME)*)? (wrt | at | 'sparse')* ;

wrt : 'wrt' (NAME (',' NAME)* | '(' NAME (',' NAME)* ')') ;

at : 'at' '(' argument (',' argument)* ')' ;

// ----------------------------------------------------------------------------------------------- Statements

block : '{' line* '}' ;

line : statement NEWLINE ;

statement
    : ('input' | 'target') NAME dimensions? integers?                                       # data
    | ('param' | 'state') NAME dimensions? (('=' | '~') expression)?                        # variable
    | 'output' targets ('=' expression from*)?                                              # output
    | 'loss' expression ('=' expression)? wrt?                                              # loss
    | 'return' expression                                                                   # return
    | 'train' '{' (setting NEWLINE?)* '}'                                                   # train
    | targets ('=' expression from* | '~' expression | '<-' expression)                     # definition
    ;

targets : target | '(' target (',' target)* ')' ;

target : NAME ('[' index (',' index)* ']')? ;

/** Where a recurrence starts: 'from h[-1] = 0'. */
from : 'from' start (',' start)* ;

start : expression '=' expression ;

setting
    : 'stop' 'after' expression 'without' 'improvement'                                     # patience
    | NAME expression                                                                       # pair
    ;

// ---------------------------------------------------------------------------------------------- Expressions

// From the tightest to the loosest; what does not begin with an expression has no place in that order but the prefixes.
expression
    : expression '[' index (',' index)* ']'                                                 # element
    | expression '(' (argument (',' argument)*)? ')'                                        # call
    | expression '\''                                                                       # transpose
    | <assoc = right> expression '^' expression                                             # power
    | ('-' | '+' | '!') expression                                                          # unary
    | expression ('*' | '/' | '@' | '%') expression                                         # binary
    | expression ('+' | '-') expression                                                     # binary
    | expression ('<' | '<=' | '>' | '>=' | '==' | '!=') expression                         # binary
    | expression '&&' expression                                                            # binary
    | expression '||' expression                                                            # binary
    | expression '|>' expression                                                            # binary
    | <assoc = right> expression '?' expression ':' expression                              # conditional
    | NAME ('->' expression)?                                                               # name
    | NUMBER                                                                                # numeral
    | '(' expression (',' expression)* ')'                                                  # parentheses
    | '[' expression (',' expression)* ']'                                                  # literal
    ;

argument : expression ('=' expression)? ;

/** A subscript 'i+1', '2..5', '3..', '..3', '..', or an index that is bound, 'i', 'r:2', 'i:2..9'. */
index : expression (':' expression)? ('..' expression?)? | '..' expression? ;

// --------------------------------------------------------------------------------------------------- Tokens

// In groups, whose order the filter relies on: words that begin a declaration, that go on with one, that begin a statement,
// and the rest of them; further down the binary operators, from '|>' to '^'.

PACKAGE : 'package' ;
IMPORT : 'import' ;
CONST : 'const' ;
FUNCTION : 'function' ;
NATIVE : 'native' ;
OPERATOR : 'operator' ;
RULE : 'rule' ;
INITIALIZER : 'initializer' ;
LAYER : 'layer' ;
OPTIMIZER : 'optimizer' ;
NETWORK : 'network' ;

WHERE : 'where' ;
DERIVATIVE : 'derivative' ;
DERIVE : 'derive' ;
WRT : 'wrt' ;
AT : 'at' ;
SPARSE : 'sparse' ;

INPUT : 'input' ;
TARGET : 'target' ;
PARAM : 'param' ;
STATE : 'state' ;
OUTPUT : 'output' ;
LOSS : 'loss' ;
RETURN : 'return' ;
TRAIN : 'train' ;
FROM : 'from' ;
STOP : 'stop' ;
AFTER : 'after' ;
WITHOUT : 'without' ;
IMPROVEMENT : 'improvement' ;

PAREN_OPEN : '(' ;
PAREN_CLOSE : ')' ;
BRACKET_OPEN : '[' ;
BRACKET_CLOSE : ']' ;
BRACE_OPEN : '{' ;
BRACE_CLOSE : '}' ;
COMMA : ',' ;
EQUALS : '=' ;
DRAWN : '~' ;
UPDATE : '<-' ;
ARROW : '->' ;
RANGE : '..' ;
QUESTION : '?' ;
COLON : ':' ;
PIPE : '|>' ;
OR : '||' ;
AND : '&&' ;
LESS : '<' ;
LESS_EQUAL : '<=' ;
GREATER : '>' ;
GREATER_EQUAL : '>=' ;
EQUAL : '==' ;
UNEQUAL : '!=' ;
PLUS : '+' ;
MINUS : '-' ;
STAR : '*' ;
SLASH : '/' ;
MATRIX : '@' ;
PERCENT : '%' ;
POWER : '^' ;
NOT : '!' ;
PRIME : '\'' ;

/** A name, also of a part: h.W. */
NAME : WORD ('.' WORD)* ;

fragment WORD : [\p{L}_] [\p{L}\p{M}\p{Nd}_\u2080-\u2089]* ;

NUMBER : (DIGIT+ ('.' DIGIT+)? | '.' DIGIT+) ([eE] [+\-]? DIGIT+)? ;

fragment DIGIT : [0-9] ;

STRING : '"' ~["\r\n]* '"' ;
OPEN_STRING : '"' ;

NEWLINE : '\r'? '\n' | '\r' ;
LINE_COMMENT : '//' ~[\r\n]* -> skip ;
COMMENT : '/*' .*? '*/' ;
OPEN_COMMENT : '/*' ;
SPACE : [\t\f\u000B\p{Zs}\uFEFF]+ -> skip ;

UNEXPECTED : . ;
