/**
 * The command line from end to end, and rules on the code as a whole. {@link io.maskwire.tests.Cli}
 * runs a command in this process, {@link io.maskwire.tests.ChildProcess} in one of its own, {@link
 * io.maskwire.tests.ReferenceData} finds models.
 */
@NullMarked
package io.maskwire.tests;

import org.jspecify.annotations.NullMarked;
