/** What a quick build says first, since Maven's -q leaves a newcomer in silence. */
class Announce {
  public static void main(String[] args) {
    System.out.println(
        "Compiling the N-Hub SDK without tests and checks. "
            + "The first time, Maven downloads its plugins and the dependencies.");
  }
}
