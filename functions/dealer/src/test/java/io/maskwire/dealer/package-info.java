@org.jspecify.annotations.NullMarked
package io.maskwire.dealer;
