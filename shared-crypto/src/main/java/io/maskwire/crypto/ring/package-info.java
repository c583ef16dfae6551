/**
 * Arithmetic in Z_{2^n}: widths, tensors, bit packing and the linear kernels. Start at {@link
 * io.maskwire.crypto.ring.RingTensor}; read {@link io.maskwire.crypto.ring.BitWidth}, {@link
 * io.maskwire.crypto.ring.BitPacking}, then the kernels.
 */
@NullMarked
package io.maskwire.crypto.ring;

import org.jspecify.annotations.NullMarked;
