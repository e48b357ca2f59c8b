/** The command line. Each command reads its arguments and hands them on; nothing is worked out here. */
package dev.gradc.cli;
