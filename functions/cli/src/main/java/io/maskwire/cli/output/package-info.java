/**
 * What commands print: JSON for scripts, tables of at most 80 columns for people, progress on the
 * error stream of a terminal.
 */
@NullMarked
package io.maskwire.cli.output;

import org.jspecify.annotations.NullMarked;
