/**
 * One class per subcommand; each parses, calls a plain class, prints. {@link
 * io.maskwire.cli.command.CompileSettings} and {@link io.maskwire.cli.command.LoadedModel} are what
 * they share.
 */
@NullMarked
package io.maskwire.cli.command;

import org.jspecify.annotations.NullMarked;
