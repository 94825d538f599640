package io.nnnco.nhub.stream.internal.delivery;

/** Knows how much memory it keeps from being collected. */
public interface HeldBytes {
  /** About how many bytes, besides those of the object. */
  long heldBytes();
}
