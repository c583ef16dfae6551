/**
 * The direct mode's transport: party 0 and party 1 on two machines, mutual TLS 1.3 over TCP, no
 * broker. One party opens a {@link io.maskwire.cli.direct.DirectListener}, the other a {@link
 * io.maskwire.cli.direct.DirectConnector}; both yield a {@link
 * io.maskwire.crypto.execution.Channel}. Read in this order: TlsIdentity, PeerTrust,
 * DirectEndpoint, Hello, SecureConnection, TlsChannel, then listener and connector.
 */
@NullMarked
package io.maskwire.cli.direct;

import org.jspecify.annotations.NullMarked;
