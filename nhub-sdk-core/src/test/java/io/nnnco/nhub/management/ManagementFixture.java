package io.nnnco.nhub.management;

import org.junit.jupiter.api.AfterEach;

/** A client of canned answers, with the defaults until the test takes another. */
abstract class ManagementFixture {
  final MockApi api = new MockApi();
  Management management = api.builder().build();

  final void use(ManagementBuilder builder) {
    management.close();
    management = builder.build();
  }

  @AfterEach
  final void closeManagement() {
    management.close();
    api.close();
  }
}
