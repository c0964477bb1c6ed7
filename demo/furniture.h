// What stands and hangs in the demo catalog's rooms; each is painted into a box or onto a foot point.
#pragma once

#include <opencv2/core.hpp>

#include "demo/brush.h"

namespace reelprint::demo {

void paint_window(cv::Mat& picture, cv::Rect2d box, bool period, Seeded& seeded);
void paint_pictures(cv::Mat& picture, cv::Rect2d box, Seeded& seeded);
void paint_shelf(cv::Mat& picture, cv::Rect2d box, Seeded& seeded);
void paint_sofa(cv::Mat& picture, cv::Rect2d box, Seeded& seeded);
void paint_desk(cv::Mat& picture, cv::Rect2d box, Seeded& seeded);
void paint_folding_screen(cv::Mat& picture, cv::Rect2d box, Seeded& seeded);
void paint_lamp(cv::Mat& picture, cv::Point2d foot, double height, bool on);
void paint_plant(cv::Mat& picture, cv::Point2d foot, double height, Seeded& seeded);
void paint_lantern(cv::Mat& picture, cv::Point2d centre, double radius, Seeded& seeded);
void paint_column(cv::Mat& picture, double x, double width, double foot_y, const Colour& colour);

}  // namespace reelprint::demo
