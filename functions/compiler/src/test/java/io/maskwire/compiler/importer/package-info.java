@org.jspecify.annotations.NullMarked
package io.maskwire.compiler.importer;
