// The grammar of .nn files. It knows no function names.
grammar Gradc;

program : NAME* EOF ;

NAME : [\p{L}_] [\p{L}\p{Nd}_]* ;

WHITESPACE : [ \t\r\n]+ -> skip ;
