package io.maskwire.party.session;

import io.maskwire.crypto.protocol.Role;
import io.maskwire.crypto.wire.SessionId;
import io.maskwire.exchange.ModelVersionName;
import io.maskwire.exchange.event.Topic;
import java.util.Optional;

/**
 * A sealed message on its way: all that its CloudEvent says.
 *
 * @param topic where it goes
 * @param type its CloudEvents type
 * @param session key of the record
 * @param name of the session's model
 * @param sender this party
 * @param round from 0
 * @param data sealed; empty if it is in blob storage
 * @param reference the blob, if it is there
 */
@SuppressWarnings("ArrayRecordComponent") // a carrier of bytes, never compared
public record OutgoingEvent(
    Topic topic,
    String type,
    SessionId session,
    ModelVersionName name,
    Role sender,
    int round,
    byte[] data,
    Optional<String> reference) {}
