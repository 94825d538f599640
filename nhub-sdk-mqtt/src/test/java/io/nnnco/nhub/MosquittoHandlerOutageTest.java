package io.nnnco.nhub;

import java.nio.file.Path;

/** Eclipse Mosquitto. */
class MosquittoHandlerOutageTest extends HandlerOutageContract<Mosquitto> {
  @Override
  Mosquitto start(Path folder) throws Exception {
    return mosquitto(folder);
  }
}
