@NullMarked
package io.maskwire.party.model;

import org.jspecify.annotations.NullMarked;
