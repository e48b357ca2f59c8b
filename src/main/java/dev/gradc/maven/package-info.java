/** The Maven goals. Each hands its parameters to the compiler and its findings to Maven; nothing is worked out here. */
package dev.gradc.maven;
