package market

import (
	"context"
	"slices"

	"gorm.io/gorm"

	"softlaunch/models/db"
)

// DeliveryMethod is a way goods reach buyers of a market. Amount is in minor units of the market's currency, where no zone or
// step says otherwise; days are working days (Monday to Friday, without holidays) after the order, which counts for the day
// when it comes before the cut-off hour.
type DeliveryMethod struct {
	ID         int64
	MarketID   int64
	Code       string
	Kind       string // home, pickup
	Amount     int64
	DaysMin    int
	DaysMax    int
	CutoffHour int
	ByAir      bool
	Position   int
	Exclusions []DeliveryExclusion `gorm:"foreignKey:MethodID"`
	Zones      []DeliveryZone      `gorm:"foreignKey:MethodID"`
	Steps      []DeliveryStep      `gorm:"foreignKey:MethodID"` // those that belong to no zone
	Name       string              `gorm:"->"`
}

// DeliveryExclusion is a region that a method does not go to.
type DeliveryExclusion struct {
	MethodID int64  `gorm:"primaryKey"`
	Region   string `gorm:"primaryKey"`
}

// LooseLithium is the UN number of lithium batteries sent by themselves, which never fly as parcels (IATA packing
// instruction 965).
const LooseLithium = "3480"

// Carries reports whether the method takes goods with these UN numbers to a region ("" when it is not known yet).
func (d DeliveryMethod) Carries(region string, unNumbers []string) bool {
	if d.ByAir && slices.Contains(unNumbers, LooseLithium) {
		return false
	}
	return !slices.ContainsFunc(d.Exclusions, func(e DeliveryExclusion) bool { return region != "" && e.Region == region })
}

// Delivery are the market's methods in a store's language.
func (s *Markets) Delivery(ctx context.Context, store Store) ([]DeliveryMethod, error) {
	var methods []DeliveryMethod
	err := s.data.Read(ctx, func(tx db.Tx) error {
		var err error
		methods, err = Delivery(tx, store)
		return err
	})
	return methods, err
}

// Delivery are a market's methods in a store's language, in their order.
func Delivery(tx db.Tx, store Store) ([]DeliveryMethod, error) {
	return db.Keep(tx, keptDelivery{store.Market.ID, store.Language}, func() ([]DeliveryMethod, error) {
		return delivery(tx, store)
	})
}

type keptDelivery struct {
	marketID int64
	language string
}

func delivery(tx db.Tx, store Store) ([]DeliveryMethod, error) {
	var methods []DeliveryMethod
	err := priced(tx).
		Select("delivery_methods.*, delivery_texts.name AS name").
		Joins("JOIN delivery_texts ON delivery_texts.method_id = delivery_methods.id AND delivery_texts.language = ?", store.Language).
		Where("delivery_methods.market_id = ?", store.Market.ID).
		Order("delivery_methods.position, delivery_methods.id").Find(&methods).Error
	return methods, err
}

// priced is a query for methods with all that prices them.
func priced(tx db.Tx) *gorm.DB {
	return tx.Gorm().Preload("Exclusions").
		Preload("Zones", func(q *gorm.DB) *gorm.DB { return q.Order("id") }).Preload("Zones.Steps", inOrder).
		Preload("Steps", func(q *gorm.DB) *gorm.DB { return inOrder(q).Where("zone_id IS NULL") })
}

func inOrder(q *gorm.DB) *gorm.DB { return q.Order("measure, at_least") }
