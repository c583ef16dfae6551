/**
 * The dealer as a function: configuration, events, HTTP, schedule, health and metrics around the
 * classes of {@link io.maskwire.dealer}. Read {@link io.maskwire.dealer.function.DealerConfig},
 * then {@link io.maskwire.dealer.function.DealerBeans}.
 */
@NullMarked
package io.maskwire.dealer.function;

import org.jspecify.annotations.NullMarked;
