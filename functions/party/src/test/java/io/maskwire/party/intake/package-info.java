@NullMarked
package io.maskwire.party.intake;

import org.jspecify.annotations.NullMarked;
