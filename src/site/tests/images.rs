//! Tests of images in texts of nodes.

use super::{rendered, with};

#[test]
fn images_have_the_size_of_their_file() {
    let report = with(&[
        ("a/programs/road/program.md", "+++\nname = \"道路\"\n+++\n![道路の地図](map.svg \"図1 道路\")\n"),
        ("a/programs/road/map.svg", "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 300 100\"/>"),
    ]);
    let page = rendered(&report, "a/programs/road.html");
    let figure = "<figure><img src=\"road/map.svg\" alt=\"道路の地図\" width=\"300\" height=\"100\" loading=\"lazy\" />\
                  <figcaption>図1 道路</figcaption></figure>";
    assert!(page.contains(figure), "{page}");
}
