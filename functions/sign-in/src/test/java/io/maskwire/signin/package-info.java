@org.jspecify.annotations.NullMarked
package io.maskwire.signin;
