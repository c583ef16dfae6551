package io.maskwire.cli.direct;

import io.maskwire.crypto.execution.ChannelException;
import io.maskwire.crypto.execution.ChannelException.ErrorCode;
import java.io.EOFException;
import java.io.IOException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.security.cert.CertificateException;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;
import javax.net.ssl.SSLException;

/** What the exceptions of sockets and of JSSE mean to a party. */
final class ConnectionFailures {
  private static final String ALERT = "Received fatal alert: ";

  /** The alerts of RFC 8446, 6.2, that are about this party's certificate. */
  private static final Pattern CERTIFICATE_ALERT =
      Pattern.compile(".*" + ALERT + ".*(certificate|unknown_ca|access_denied).*");

  private ConnectionFailures() {}

  static ChannelException translate(IOException failure) {
    Optional<CertificateException> untrusted = findCause(failure, CertificateException.class);
    if (untrusted.isPresent()) {
      return new ChannelException(
          ErrorCode.UNTRUSTED_PEER,
          "the peer is not trusted: " + messageOf(untrusted.get()),
          failure);
    }
    String message = messageOf(failure);
    if (failure instanceof SSLException) {
      if (CERTIFICATE_ALERT.matcher(message).matches()) {
        return new ChannelException(
            ErrorCode.UNTRUSTED_PEER,
            "the peer does not trust this party's certificate: " + message,
            failure);
      }
      if (message.contains("Empty client certificate chain")) {
        return new ChannelException(
            ErrorCode.UNTRUSTED_PEER, "the peer presents no certificate", failure);
      }
    }
    if (findCause(failure, SocketTimeoutException.class).isPresent()) {
      return new ChannelException(ErrorCode.PEER_TIMEOUT, "the peer does not answer", failure);
    }
    if (findCause(failure, SocketException.class).isPresent()
        || findCause(failure, EOFException.class).isPresent()) {
      return new ChannelException(
          ErrorCode.PEER_CLOSED, "the connection to the peer ended: " + message, failure);
    }
    if (failure instanceof SSLException) {
      return new ChannelException(
          ErrorCode.PROTOCOL, "the connection is not mutual TLS 1.3: " + message, failure);
    }
    return new ChannelException(ErrorCode.IO, "the connection failed: " + message, failure);
  }

  private static String messageOf(Exception failure) {
    return Objects.requireNonNullElse(failure.getMessage(), failure.getClass().getSimpleName());
  }

  private static <T extends Throwable> Optional<T> findCause(Throwable failure, Class<T> type) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (type.isInstance(cause)) {
        return Optional.of(type.cast(cause));
      }
    }
    return Optional.empty();
  }
}
