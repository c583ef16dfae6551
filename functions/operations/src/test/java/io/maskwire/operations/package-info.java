@NullMarked
package io.maskwire.operations;

import org.jspecify.annotations.NullMarked;
