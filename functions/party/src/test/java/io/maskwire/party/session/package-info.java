@NullMarked
package io.maskwire.party.session;

import org.jspecify.annotations.NullMarked;
