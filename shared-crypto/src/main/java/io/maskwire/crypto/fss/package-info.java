/**
 * Function secret sharing for point functions, on the half-tree of Guo et al. (EUROCRYPT 2023),
 * figure 3: one AES call gives both children of a node. Order of reading: {@link
 * io.maskwire.crypto.fss.NodeHash}, {@link io.maskwire.crypto.fss.HalfTree} (generation of any
 * tree), {@link io.maskwire.crypto.fss.PrefixParity} (comparison, XOR shares), {@link
 * io.maskwire.crypto.fss.ComparisonShares} (comparison, additive shares), {@link
 * io.maskwire.crypto.fss.UnitVector} (tables).
 */
@NullMarked
package io.maskwire.crypto.fss;

import org.jspecify.annotations.NullMarked;
