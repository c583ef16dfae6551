package io.maskwire.compiler.function;

import io.maskwire.exchange.store.BlobContainer;

/**
 * The owner's containers that the compiler works with.
 *
 * @param onnx uploads, in clear
 * @param models what is published
 * @param maskedWeights what both parties get and the dealer does not
 */
public record OwnerContainers(
    BlobContainer onnx, BlobContainer models, BlobContainer maskedWeights) {}
