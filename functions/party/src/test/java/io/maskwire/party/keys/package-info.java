@NullMarked
package io.maskwire.party.keys;

import org.jspecify.annotations.NullMarked;
