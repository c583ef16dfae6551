/**
 * The {@code maskwire} command. Entry: {@link io.maskwire.cli.Main}; one class per subcommand in
 * {@code command}.
 */
@NullMarked
package io.maskwire.cli;

import org.jspecify.annotations.NullMarked;
