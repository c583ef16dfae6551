/**
 * Apache Kafka on this machine: one node in KRaft mode, with SASL and access control lists on. Read
 * {@link io.maskwire.infra.broker.LocalBroker}.
 */
@NullMarked
package io.maskwire.infra.broker;

import org.jspecify.annotations.NullMarked;
