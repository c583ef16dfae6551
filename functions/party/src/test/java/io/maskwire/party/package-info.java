@NullMarked
package io.maskwire.party;

import org.jspecify.annotations.NullMarked;
