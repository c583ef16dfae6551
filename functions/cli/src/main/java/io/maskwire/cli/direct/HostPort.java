package io.maskwire.cli.direct;

/**
 * Where to listen or to connect, as written on the command line.
 *
 * @param host name or address, without the brackets of an IPv6 address
 * @param port 0 to let the system choose one to listen on
 */
public record HostPort(String host, int port) {
  private static final int MAXIMUM_PORT = 65535;

  public HostPort {
    if (host.isBlank()) {
      throw new IllegalArgumentException("no host; write host:port");
    }
    if (port < 0 || port > MAXIMUM_PORT) {
      throw new IllegalArgumentException("a port is from 0 to 65535, not " + port);
    }
  }

  /** Reads {@code host:port} or {@code [IPv6 address]:port}. */
  public static HostPort parse(String text) {
    int colon = text.lastIndexOf(':');
    if (colon < 0) {
      throw new IllegalArgumentException("'" + text + "' has no port; write host:port");
    }
    String host = text.substring(0, colon);
    if (host.startsWith("[") && host.endsWith("]")) {
      host = host.substring(1, host.length() - 1);
    } else if (host.indexOf(':') >= 0) {
      throw new IllegalArgumentException(
          "'" + text + "' is ambiguous; write an IPv6 address as [address]:port");
    }
    try {
      return new HostPort(host, Integer.parseInt(text.substring(colon + 1)));
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException("'" + text + "' has no number after the last colon", e);
    }
  }

  @Override
  public String toString() {
    return (host.indexOf(':') >= 0 ? "[" + host + "]" : host) + ":" + port;
  }
}
