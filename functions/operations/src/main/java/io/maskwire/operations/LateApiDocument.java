package io.maskwire.operations;

import io.quarkus.smallrye.openapi.OpenApiFilter;
import org.eclipse.microprofile.openapi.OASFilter;

/**
 * Changes nothing in a function's API document. A document with a filter for each request is
 * written when somebody asks for it; without one, every start of the function writes it, as JSON
 * and as YAML, before the function answers anything.
 */
@OpenApiFilter(stages = OpenApiFilter.RunStage.RUNTIME_PER_REQUEST)
public final class LateApiDocument implements OASFilter {}
