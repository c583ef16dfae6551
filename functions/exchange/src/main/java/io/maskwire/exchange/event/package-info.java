/**
 * Topics, and the events on them: CloudEvents 1.0 in Kafka's binary mode, keyed by session. Control
 * events are JSON and described by the schemas beside these classes; rounds and results are sealed
 * bytes. Read {@link io.maskwire.exchange.event.Topic}, then {@link
 * io.maskwire.exchange.event.SessionOpened}.
 */
@NullMarked
package io.maskwire.exchange.event;

import org.jspecify.annotations.NullMarked;
