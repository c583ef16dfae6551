@NullMarked
package io.maskwire.cli.stack;

import org.jspecify.annotations.NullMarked;
