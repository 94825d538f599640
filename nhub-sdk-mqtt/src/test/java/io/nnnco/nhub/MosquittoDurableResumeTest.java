package io.nnnco.nhub;

import java.nio.file.Path;

/** Eclipse Mosquitto, with what it knows on disk. */
class MosquittoDurableResumeTest extends DurableResumeContract<Mosquitto> {
  @Override
  Mosquitto start(Path folder) throws Exception {
    return mosquitto(folder);
  }
}
