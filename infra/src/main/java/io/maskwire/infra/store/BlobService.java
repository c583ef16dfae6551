package io.maskwire.infra.store;

import io.maskwire.exchange.store.Container;
import io.maskwire.exchange.store.Container.Domain;
import io.maskwire.infra.rights.ContainerRights;
import java.util.Map;
import java.util.Optional;

/** A blob store of this machine that has all containers. */
public interface BlobService extends AutoCloseable {

  /** What it is and where, and what it does not protect. */
  String description();

  /**
   * An address of {@code container} that {@link io.maskwire.exchange.store.Stores#open} takes, and
   * that allows what {@code letters} say if the store knows credentials.
   */
  String address(Container container, String letters);

  /** The process that serves it, if it is not this one. */
  Optional<ProcessHandle> process();

  /** Stops it; the blobs stay. */
  @Override
  void close();

  /** An address for each container that {@code domain} has access to, with its rights alone. */
  default Map<Container, String> addresses(Domain domain) {
    return ContainerRights.addresses(domain, this::address);
  }
}
